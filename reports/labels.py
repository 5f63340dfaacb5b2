"""Chinese words for every outcome, kind and state a report shows."""

from collections.abc import Mapping

OUTCOME: Mapping[str, str] = {
    "passed": "合格",
    "failed": "问题",
    "lead": "线索",
    "cant_tell": "无法判定",
    "inapplicable": "不适用",
    "untested": "未检测",
    "error": "程序出错",
    "waived": "已豁免",
}

OUTCOME_MEANING: Mapping[str, str] = {
    "failed": "两次以上查看均属实，计入得分。",
    "lead": "需要人工确认的情况，不计入得分。",
    "cant_tell": "页面看到了，但仅凭程序不能确定是否合格，不计入得分。",
    "untested": "没有看到内容，不作任何结论，不计入得分。",
    "error": "检查程序自身出错，与被检查单位无关，不计入得分。",
    "waived": "经批准暂不整改，到期后恢复检查。",
}

CLAUSE_KIND: Mapping[str, str] = {
    "veto": "单项否决",
    "deduction": "扣分项",
    "bonus": "加分项",
    "informative": "提示项",
}

CLAUSE_STATUS: Mapping[str, str] = {
    "automated": "自动检查",
    "partial": "部分自动检查",
    "manual": "待人工核对",
}

SUBJECT: Mapping[str, str] = {
    "portal": "门户",
    "department": "单位",
    "column": "栏目",
    "page": "页面",
    "link": "链接",
}

SURENESS: Mapping[str, str] = {
    "V": "官方原文",
    "V-m": "本地设定（见于转载文本，未与原文核对）",
    "V-p": "本地设定（依据各地做法）",
    "U": "本地设定（未能核实出处）",
}
"""Only ``V`` may print as official."""

UNIT_KIND: Mapping[str, str] = {
    "portal": "门户网站",
    "government": "政府本级",
    "department": "政府部门",
    "subdistrict": "街道",
    "town": "乡镇",
    "institution": "公共企事业单位",
}

COLUMN_TYPE: Mapping[str, str] = {
    "guide": "政府信息公开指南",
    "regulations": "政府信息公开制度",
    "statutory_content": "法定主动公开内容",
    "annual_report": "政府信息公开年报",
    "statutory": "法定公开事项",
    "application": "依申请公开",
    "xxgk_entry": "政府信息公开",
    "normative_documents": "规范性文件",
    "interpretation": "政策解读",
    "policy": "政策文件",
    "notices": "通知公告",
    "news": "动态要闻",
    "message_board": "留言咨询",
    "solicitation": "征集调查",
    "interview": "在线访谈",
    "service_statistics": "办事统计",
    "personnel": "人事信息",
    "plans": "规划计划",
    "statistics": "统计数据",
    "leaders": "领导信息",
    "organization": "机构职能",
    "overview": "概况",
    "bulletin": "政府公报",
    "response": "回应关切",
    "press": "新闻发布",
    "services": "办事服务",
    "website_report": "网站年度报表",
    "public_institution": "公共企事业单位",
    "grassroots": "基层政务公开",
    "key_fields": "重点领域",
    "department_directory": "单位目录",
    "topic": "专题专栏",
    "other": "",
}
"""The four mandatory columns first; what is not classified has no word."""

LIGHT_STATE: Mapping[str, str] = {
    "ok": "正常",
    "failed": "有问题",
    "lead": "待确认",
    "unknown": "未能判定",
}

COLUMN_STATUS: Mapping[str, str] = {
    "fresh": "按期更新",
    "due-soon": "即将超期",
    "stale": "超期未更新",
    "empty": "空白",
    "unknown": "未能判定",
    "no-period": "无更新期限",
}

CHANGE: Mapping[str, str] = {
    "new": "新增",
    "still": "仍未整改",
    "reopened": "复发",
}

FIXED = "已整改"

TICKET_SOURCE: Mapping[str, str] = {
    "audit": "自动检查",
    "zhaocuo": "找错留言",
    "evaluation": "检查组清单",
}

TICKET_NOTE: Mapping[str, str] = {
    "已反馈": "整改情况已反馈，等待复查",
    "复查通过": "复查时已经改好，本次又看到了",
    "销号": "曾经销号，本次又看到了",
    "复发": "曾经改好，本次又看到了",
    "申诉中": "申诉已登记，正在复核",
    "驳回": "申诉未被采纳，请按期整改",
    "豁免": "已批准豁免，到期后恢复检查",
}
"""What a ticket's state means on the card of its finding; 待整改 needs no more words."""

WAITING: frozenset[str] = frozenset({"已反馈", "复查通过", "申诉中", "豁免", "销号"})
"""States of tickets in which it is not the 单位's turn: nothing is overdue and nothing is asked of it."""

WAIVER_STATE: Mapping[str, str] = {
    "used": "有效",
    "unused": "有效，本次没有用上",
    "expired": "已经到期",
}

WAIVER_MEANING: Mapping[str, str] = {
    "used": "问题仍在，豁免期内不计分，到期后恢复计分。",
    "unused": "本次没有看到这个问题，或没有得出结论；如果不再需要，可以撤销豁免。",
    "expired": "豁免已过最后一天，再看到的同一问题照常计分，请整改或重新申诉。",
}

LIST_STATE: Mapping[str, str] = {
    "entries": "有信息列表",
    "text": "有正文",
    "note": "只有情况说明",
    "empty": "没有内容",
    "scripted": "由脚本生成，未能读取",
    "forwards": "只转向下级栏目",
    "untested": "未能打开",
}

PAGE_KIND: Mapping[str, str] = {
    "home": "首页",
    "column": "栏目页",
    "list": "列表页",
    "article": "文章页",
    "department": "单位页",
    "guide": "公开指南",
    "annual_report": "公开年报",
    "search": "搜索页",
    "form": "表单页",
    "login": "登录页",
    "error_page": "错误页",
    "block_page": "拦截页",
    "placeholder": "占位页",
    "forward": "跳转页",
    "other": "其他页面",
}

FAILURE_KIND: Mapping[str, str] = {
    "dns": "域名无法解析",
    "refused": "服务器拒绝连接",
    "reset": "连接被中断",
    "timeout-connect": "连接超时",
    "timeout-read": "读取超时",
    "tls": "安全连接失败",
    "too-large": "内容过大",
    "truncated": "内容不完整",
    "redirect-loop": "循环跳转",
    "redirect-to-foreign": "跳转到外部网站",
    "redirect-invalid": "跳转地址无效",
    "blocked": "被防火墙拦截",
    "login": "需要登录",
    "robots": "robots.txt 不允许访问",
    "private-address": "指向内网地址",
    "not-found": "页面不存在",
    "4xx": "请求被拒绝",
    "5xx": "服务器出错",
    "proxy": "代理出错",
    "bad-encoding": "编码无法识别",
    "other": "其他原因",
}

SKIP_REASON: Mapping[str, str] = {
    "robots": "robots.txt 不允许访问",
    "budget": "超出本次检查的页数上限",
    "form": "要填写表单才能打开",
    "window": "不在允许检查的时段",
    "foreign": "外部网站，只探测不抓取",
    "scheme": "不是网页地址",
    "department": "不在本次指定的单位范围",
    "not-asked": "本次没有访问到",
    "outside-unreachable": "本次检查的线路到不了外部网站",
    "private-address": "指向内网地址",
    "login": "需要登录",
    "trap-calendar": "无尽日历，已中止",
    "trap-parameters": "同一页面的参数组合过多",
    "trap-depth": "层级过深",
    "trap-length": "地址过长",
    "trap-path": "路径重复",
    "trap-pager": "无尽翻页，已中止",
    "host-down": "该主机一直没有应答，没有逐个访问",
    "unreadable": "程序没有读懂，与网站无关",
    "other-department": "不在本次指定的单位范围",
    "unvisited": "中断前没有访问到",
    "void": "运行作废，没有访问到",
}
"""Reasons the crawler may add later show as they are, see :func:`word`."""

PLACE: Mapping[str, str] = {
    "head": "页头",
    "nav": "导航",
    "main": "正文区",
    "list": "列表",
    "body": "正文",
    "foot": "页脚",
    "script": "脚本",
    "url": "地址",
    "title": "标题",
    "status": "应答状态",
    "response": "服务器应答",
    "second look": "再次查看",
    "article-foot": "文末",
    "attachment": "附件",
    "table": "表格",
    "rendered": "浏览器中的页面",
    "datastore": "列表数据",
    "data": "列表数据",
    "image": "图片",
    "style": "样式",
}
"""Where on a page a quote stands."""


MAX_UNKNOWN = 60
"""Characters of a word that has no translation."""


def word(words: Mapping[str, str], key: str) -> str:
    """The Chinese word, or ``key`` itself: a newer result must still show what it says."""
    return words.get(key, key[:MAX_UNKNOWN])


def place_word(where: str) -> str:
    """``meta:PubDate`` and the like in words."""
    place, _, detail = where.partition(":")
    if place == "meta" and detail:
        return f"页面标签 {detail}"
    if place.startswith("table "):
        return f"表格（勾稽关系 {place.removeprefix('table ')}）"
    shown = word(PLACE, place)
    return f"{shown}：{detail}" if detail else shown
