// The foot of the pages that do not carry one themselves.
document.write('<div class="gk-foot"><p>主办：霁川县人民政府</p><p>网站标识码：9901020001</p></div>');
