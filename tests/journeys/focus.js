// Where the focus is now, and what is wrong with how it shows; null when it has left the page.
() => {
  const element = document.activeElement
  if (!element || element === document.body) return null
  const faults = []
  const outlined = (one) => getComputedStyle(one).outlineStyle !== "none"
  // A card may show the focus of the link that is stretched over it.
  let shown = element
  while (shown && !outlined(shown)) shown = shown.parentElement
  if (!shown) faults.push("shows no focus")
  const { outlineWidth, outlineOffset } = getComputedStyle(shown || element)
  const ring = parseFloat(outlineWidth) + parseFloat(outlineOffset)
  if (parseFloat(outlineWidth) < 2) faults.push("has a thin outline")

  const box = (shown || element).getBoundingClientRect()
  const outer = { left: box.left - ring, right: box.right + ring, top: box.top - ring, bottom: box.bottom + ring }
  const fits = box.height + 2 * ring <= window.innerHeight
  if (fits && (outer.top < 0 || outer.bottom > window.innerHeight)) faults.push("is not wholly in the window")
  for (let one = (shown || element).parentElement; one; one = one.parentElement) {
    const { overflowX, overflowY } = getComputedStyle(one)
    const edge = one.getBoundingClientRect()
    const cut = overflowX !== "visible" && (outer.left < edge.left || outer.right > edge.right)
    if (cut || (overflowY !== "visible" && (outer.top < edge.top || outer.bottom > edge.bottom)))
      faults.push(`its outline is cut off by .${one.className}`)
  }
  const own = element.getClientRects()[0] // of a link that wraps, its first line
  const target = element.matches("[type=radio], [type=checkbox]") ? element.labels[0] : element
  for (const [x, y] of [[0.5, 0.5], [0.02, 0.1], [0.98, 0.1], [0.02, 0.9], [0.98, 0.9]]) {
    const hit = document.elementFromPoint(own.left + own.width * x, own.top + own.height * y)
    if (hit && !target.contains(hit) && !hit.contains(target)) faults.push(`lies under ${hit.className || hit.tagName}`)
  }
  const fixed = !!element.closest(".call-bar")
  return {
    name: element.id || element.textContent.trim().slice(0, 40) || element.name,
    faults: [...new Set(faults)],
    left: own.left,
    right: own.right,
    top: own.top + (fixed ? 0 : window.scrollY),
    bottom: own.bottom + (fixed ? 0 : window.scrollY),
    fixed,
  }
}
