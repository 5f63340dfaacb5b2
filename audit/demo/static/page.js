// Writes the links between the pages of a list; pages are index.html, index_1.html ...
function createPageHTML(count, current, name, ending) {
  if (count <= 1) { return; }
  for (var i = 0; i < count; i++) {
    var file = i === 0 ? name + "." + ending : name + "_" + i + "." + ending;
    document.write(i === current ? "<b>" + (i + 1) + "</b> " : '<a href="' + file + '">' + (i + 1) + "</a> ");
  }
}
