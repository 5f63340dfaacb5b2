"""F2: 福建. The first page stands beside a hidden template, names of columns are split, what scripts would fill stays empty."""
# ruff: noqa: E501  # lines of pages are easier to compare unbroken

from dataclasses import replace

from tests.families.drawing import Imitation
from tests.families.plan import Column, Item, Unit


class Avalon(Imitation):
    family = "F2"
    host = "www.tongting-fj.gov.cn"

    def __init__(self) -> None:
        super().__init__()
        # Further pages come from a service of which nothing is known; the lists here have one page.
        self.county = replace(self.county, columns=tuple(replace(column, per_page=40) for column in self.county.columns))

    def folder(self, column: Column) -> str:
        plain = super().folder(column)
        return f"{plain}nlist.htm" if column.kind == "annual_report" else plain

    def article(self, column: Column, item: Item) -> str:
        # The address bears another day than the article.
        return f"{super().folder(column)}{item.day:%Y%m}/t{item.day:%Y%m}28_{item.number}.htm"

    def anchor(self, column: Column) -> str:
        return {
            "guide": "政府信息<br>公开指南",
            "regulations": "政府信息<br/>公开制度",
            "statutory_content": "法定主动<br>公开内容",
            "annual_report": "政府信息<br>公开年报",
        }[column.kind]

    def four(self, unit: Unit) -> str:
        links = "".join(
            f'<a href="{self.folder(column)}" ms-class="on:paths[5]==\'{column.slug}\'">{self.anchor(column)}</a>'
            for column in unit.columns
        )
        return f'<div class="info_menu_list" ms-controller="menu">{links}</div>'

    def row(self, column: Column, item: Item) -> str:
        return (
            f'<dl><dd><a href="{self.article(column, item)}" title="{item.title}">{item.title}</a></dd><dd>{item.shown}</dd></dl>'
        )

    def list_body(self, column: Column, number: int) -> str:
        rows = "".join(self.row(column, item) for item in column.page(number))
        template = '<dl ms-repeat="list"><dd><a ms-attr-href="el.url" ms-attr-title="el.title">{{el.title}}</a></dd><dd>{{el.time}}</dd></dl>'
        return (
            f'<div class="list" ms-controller="list"><div ms-visible="showStatic">{rows}</div><div ms-visible="!showStatic" style="display:none">{template}</div></div>'
            '<div ms-controller="list_pagebar" ms-include-src="pgTemp" ms-if="pageCount>0"></div>'
        )

    def empty_body(self, column: Column) -> str:
        return '<div class="list"><div><p>暂无相关信息</p></div></div>'

    def article_head(self, item: Item) -> str:
        return (
            f'<div class="info"><span class="article_source">来源：{item.source}</span><span class="article_time">时间：{item.shown} 15:35</span></div>'
            "<div class='fj' ms-if=\"''!=''||''!=''\"><p>附件下载</p></div>"
        )
