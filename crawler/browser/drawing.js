// The document as it is drawn, as text: no scripts, and what cannot be seen is marked as hidden.
// Runs in a world of its own, where the page cannot have changed what these functions do.
(limit) => {
  const root = document.documentElement;
  if (!root) return null;
  const clone = root.cloneNode(true);
  const seen = root.querySelectorAll("*");
  const copied = clone.querySelectorAll("*");
  for (let at = 0; at < seen.length && at < copied.length; at++) {
    const element = seen[at];
    if (element.parentElement && element.closest("body") && !element.checkVisibility({ visibilityProperty: true })) {
      copied[at].setAttribute("style", "display:none");
    }
  }
  for (const script of clone.querySelectorAll("script, noscript, template")) script.remove();
  const text = "<!DOCTYPE html>\n" + clone.outerHTML;
  return text.length > limit ? "" : text;
}
