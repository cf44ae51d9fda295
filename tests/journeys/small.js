// What can be pressed but is smaller than `least` pixels either way, as a finger meets it: how far the element
// answers around a point inside it, so that a stretched link counts with its whole card and a covered one does not.
// A link inside a sentence is exempt (WCAG 2.5.5).
({ least, outOfSight }) => {
  const faults = []
  const inSentence = (element) => {
    const sentence = element.matches("a:not([class])") && element.closest("p, li, dd, td, h1, h2, h3, figcaption")
    return !!sentence && sentence.textContent.trim() !== element.textContent.trim()
  }
  const reach = (owns, x, y, dx, dy) => {
    let far = 0
    while (far <= least && owns(document.elementFromPoint(x + dx * (far + 1), y + dy * (far + 1)))) far++
    return far
  }
  for (const element of document.querySelectorAll("a[href], button, summary, input, select, textarea, [tabindex='0']")) {
    if (element.closest(outOfSight) || !element.checkVisibility({ visibilityProperty: true })) continue
    if (inSentence(element)) continue
    element.scrollIntoView({ block: "center", behavior: "instant" })
    const label = element.labels && element.matches("[type=radio], [type=checkbox]") ? element.labels[0] : element
    const owns = (hit) => label.contains(hit)
    const box = [...element.getClientRects()].find(({ width, height }) => width && height)
    const x = (box.left + box.right) / 2
    const y = (box.top + box.bottom) / 2
    const wide = reach(owns, x, y, -1, 0) + reach(owns, x, y, 1, 0) + 1
    const high = reach(owns, x, y, 0, -1) + reach(owns, x, y, 0, 1) + 1
    // A box that begins inside a pixel answers in one pixel more than it is high.
    const enough = (pixels, side) => pixels > least || (pixels === least && side >= least)
    if (!enough(wide, box.width) || !enough(high, box.height)) faults.push(`${wide} × ${high}: ${element.outerHTML.slice(0, 90)}`)
  }
  return faults
}
