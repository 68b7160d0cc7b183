/**
 * Does to a page what a browser's translator does: each text outside of `translate="no"` is put into two <font> elements,
 * and a new text node stands where React's was. Needs nothing of its file, so that a browser can be given it whole.
 */
export function translatePage(root: Element): void {
  const walker = root.ownerDocument.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const own = node.parentElement?.closest("[translate=no], script, style, option, textarea, font");
    if (!own && node.nodeValue?.trim()) texts.push(node as Text);
  }
  for (const text of texts) {
    const outer = root.ownerDocument.createElement("font");
    const inner = root.ownerDocument.createElement("font");
    inner.append(root.ownerDocument.createTextNode(text.nodeValue ?? ""));
    outer.append(inner);
    text.replaceWith(outer);
  }
}
