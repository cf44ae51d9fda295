// What a reader loses on the page as it is shown now: one line per fault, none when nothing is lost.
// A function that is evaluated in the page; seeing.py tells what each option means.
({ outOfSight, hiddenOnPurpose, regions, onPaper, compareColours }) => {
  const faults = new Set()
  const root = document.documentElement
  const width = root.clientWidth
  const height = window.innerHeight
  const name = (element) => element.tagName.toLowerCase() + [...element.classList].map((c) => `.${c}`).join("")
  const tidy = (text) => text.trim().replace(/\s+/g, " ")
  const say = (what, element, text) => faults.add(`${what}: ${name(element)} “${tidy(text).slice(0, 60)}”`)
  const seen = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true })

  // The ancestors that cut what is inside them, nearest first.
  const known = new Map([[document.body, []]])
  const cutters = (element) => {
    if (!element) return []
    if (!known.has(element)) {
      const { overflowX, overflowY, clipPath } = getComputedStyle(element)
      const sideways = overflowX !== "visible" || clipPath !== "none"
      const upright = overflowY !== "visible" || clipPath !== "none"
      const own = sideways || upright ? [{ element, sideways, upright, region: element.matches(regions) }] : []
      known.set(element, [...own, ...cutters(element.parentElement)])
    }
    return known.get(element)
  }
  const visiblePart = (element, box) => {
    const part = { left: box.left, right: box.right, top: box.top, bottom: box.bottom, inRegion: false }
    for (const cutter of cutters(element)) {
      const edge = cutter.element.getBoundingClientRect()
      part.inRegion ||= cutter.region
      if (cutter.sideways) part.left = Math.max(part.left, edge.left)
      if (cutter.sideways) part.right = Math.min(part.right, edge.right)
      if (cutter.upright) part.top = Math.max(part.top, edge.top)
      if (cutter.upright) part.bottom = Math.min(part.bottom, edge.bottom)
    }
    return part
  }

  // --- nothing is wider than the window ---------------------------------------------------------
  if (root.scrollWidth > width) faults.add(`the page is ${root.scrollWidth - width} px wider than the window`)
  for (const element of document.body.querySelectorAll("*")) {
    if (element.ownerSVGElement || element.closest(outOfSight) || !seen(element)) continue
    const box = element.getBoundingClientRect()
    const part = visiblePart(element, box)
    if (part.right <= part.left || part.bottom <= part.top) continue
    if (part.left < -0.5 || part.right > width + 0.5) say("sticks out of the window", element, element.textContent)
    if (element.scrollWidth > element.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(element).overflowX))
      if (!element.matches(regions)) say("scrolls sideways undeclared", element, element.textContent)
  }

  // --- every text has a box, and nothing cuts it ------------------------------------------------
  const lines = []
  const hidden = []
  const openable = (element) => element.closest("details:not([open])") && !element.closest("summary")
  const shown = new Set()
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const text = walker.currentNode.data
    const parent = walker.currentNode.parentElement
    if (!tidy(text) || parent.closest(outOfSight)) continue
    if (!seen(parent)) {
      if (!onPaper && openable(parent)) shown.add(tidy(text))
      else hidden.push({ parent, text })
      continue
    }
    shown.add(tidy(text))
    const range = document.createRange()
    range.selectNodeContents(walker.currentNode)
    const boxes = [...range.getClientRects()]
    if (!boxes.some((box) => box.width && box.height)) say("has no size", parent, text)
    boxes.forEach((box, place) => {
      if (!box.width || !box.height) return
      const part = visiblePart(parent, box)
      const cut = part.top > box.top + 3 || part.bottom < box.bottom - 3
      const short = part.left > box.left + 1 || part.right < box.right - 1
      if (cut || (short && !part.inRegion)) say("is cut off", parent, text)
      if (part.left < -0.5 || part.right > width + 0.5) say("leaves the window", parent, text)
      lines.push({ range, place, parent, text, found: false })
    })
  }
  // A window may show a text in another place instead; paper shows everything but what it is told to leave out.
  for (const { parent, text } of hidden)
    if ((onPaper || !shown.has(tidy(text))) && !parent.closest(hiddenOnPurpose)) say("is hidden", parent, text)

  // --- nothing lies over it ---------------------------------------------------------------------
  const painted = ({ backgroundColor, backgroundImage }) =>
    backgroundImage !== "none" || !/^rgba\(.*, 0\)$|^transparent$/.test(backgroundColor)
  const covers = (element, x, y) => {
    if (element.ownerSVGElement || element.matches("img, video, input, select, textarea")) return true
    const inside = ({ left, right, top, bottom }) => x >= left && x <= right && y >= top && y <= bottom
    const own = [...element.getClientRects()].some(inside)
    // Outside its own box it was found by a pseudo-element: a link that is stretched over its card.
    return (own ? [null] : ["::before", "::after"]).some((part) => painted(getComputedStyle(element, part)))
  }
  const look = (line, from, to) => {
    const part = visiblePart(line.parent, line.range.getClientRects()[line.place])
    const x = (part.left + part.right) / 2
    const y = (part.top + part.bottom) / 2
    const fartherAlong = part.inRegion && part.right <= part.left
    if (!fartherAlong && (y < from || y > to)) return
    line.found = true
    if (fartherAlong || x < 0 || x >= width) return
    const stack = document.elementsFromPoint(x, y)
    const own = stack.findIndex((element) => line.parent.contains(element))
    if (own < 0) return say("cannot be touched", line.parent, line.text)
    const over = stack.slice(0, own).find((element) => covers(element, x, y))
    if (over) say(`lies under ${name(over)}`, line.parent, line.text)
    // The words of a drawing belong on it, and it is drawn for both colour schemes.
    const drawn = line.parent.ownerSVGElement
    const picture = compareColours && !drawn && stack.slice(own).find((element) => element.ownerSVGElement)
    if (picture) say("stands on a picture", line.parent, line.text)
  }
  const end = Math.max(0, root.scrollHeight - height)
  for (let top = 0, at = -1; at < end; top = Math.min(top + height / 2, end)) {
    window.scrollTo({ top, behavior: "instant" })
    at = top
    // Where one reads: the middle of the window, and at either end of the page what cannot come there.
    const from = at === 0 ? 0 : height / 4
    const to = at === end ? height : (height * 3) / 4
    for (const line of lines) if (!line.found) look(line, from, to)
  }
  window.scrollTo({ top: 0, behavior: "instant" })
  for (const line of lines) if (!line.found) say("cannot be scrolled to", line.parent, line.text)

  // --- and it differs from what it stands on ----------------------------------------------------
  const channels = (colour) => (colour.match(/[\d.]+/g) || []).map(Number)
  const luminance = (colour) => {
    const linear = (c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    const [r, g, b] = colour.map((channel) => linear(channel / 255))
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const ground = (element) => {
    for (let one = element; one && !onPaper; one = one.parentElement) {
      const [r, g, b, alpha = 1] = channels(getComputedStyle(one).backgroundColor)
      if (alpha) return [r, g, b]
    }
    return [255, 255, 255]
  }
  for (const { parent, text } of compareColours ? lines : []) {
    const both = [channels(getComputedStyle(parent).color).slice(0, 3), ground(parent)].map(luminance)
    const contrast = (Math.max(...both) + 0.05) / (Math.min(...both) + 0.05)
    if (contrast < 4.5) say(`has a contrast of ${contrast.toFixed(1)}`, parent, text)
  }
  return [...faults]
}
