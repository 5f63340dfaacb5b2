// Draws the entry of the nationwide error report form.
(function () {
  var code = document.getElementById("_jiucuo_").getAttribute("sitecode");
  var span = document.getElementById("_span_jiucuo");
  span.innerHTML = '<span class="jiucuo" data-code="' + code + '">我为政府网站找错</span>';
})();
