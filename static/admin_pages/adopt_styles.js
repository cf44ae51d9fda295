/* The editors of the page form put <style> elements into the head, which the site's policy refuses.
   Their rules are taken over as constructed style sheets, which it allows. Loaded before them. */
(() => {
  const adopted = new Set()

  const adopt = (node) => {
    if (!(node instanceof HTMLStyleElement)) return false
    const rules = node.textContent
    if (!adopted.has(rules)) {
      const sheet = new CSSStyleSheet()
      sheet.replaceSync(rules)
      document.adoptedStyleSheets.push(sheet)
      adopted.add(rules)
    }
    return true
  }

  const { head } = document
  const append = head.append.bind(head)
  const appendChild = head.appendChild.bind(head)
  head.append = (...nodes) => append(...nodes.filter((node) => !adopt(node)))
  head.appendChild = (node) => (adopt(node) ? node : appendChild(node))
})()
