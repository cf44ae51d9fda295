/* What is pasted: lists keep their levels and numbers, tables become lines, and what only its author was to see is left
   out, in the patterns of the cleaner that stores it (pages/richtext/left_out.py). A line says what was left out.
   Loaded by each editor before it starts (pages/admin/page/rich_text.py). */
import { Extension, OrderedList as LibraryOrderedList, Plugin } from "django-prose-editor/editor"

const { paste: words, link } = JSON.parse(document.getElementById("page-form-words").textContent)

// The format knows where a numbered list begins, and no letters for numbers.
export const OrderedList = LibraryOrderedList.extend({
  addAttributes() {
    return { start: this.parent().start }
  },
})

/* --- what is left out ---------------------------------------------------------------------------- */
const KINDS = Object.entries(words.leftOut).map(([kind, parts]) => [
  kind,
  Object.entries(parts).map(([name, pattern]) => [name, new RegExp(pattern, "i")]),
])

const styleOf = (element) => element.dataset.style || ""

const given = (element, name) =>
  name === "tag" ? element.localName : name === "style" ? styleOf(element) : element.getAttribute(name)

const matches = (pattern, value) => value !== null && pattern.test(value)

const leaveOut = (pasted, notes) => {
  // A document of the web says the comment in a paragraph of its own, which begins with a way back.
  for (const back of pasted.querySelectorAll('a[href^="#cmnt_ref"]')) back.closest("p, div")?.remove()
  for (const element of pasted.body.querySelectorAll("*")) {
    if (!element.isConnected) continue
    const kind = KINDS.find(([, parts]) => parts.some(([name, pattern]) => matches(pattern, given(element, name))))
    if (!kind) continue
    notes.add(kind[0])
    element.remove()
  }
  if (pasted.querySelector("img, picture, svg, v\\:shape")) notes.add("picture")
}

/* --- links: those that lead somewhere stay ------------------------------------------------------- */
const leadsSomewhere = new RegExp(`^${link.leadsSomewhere}$`)

// Word may keep a link in comments around its words: HYPERLINK "address" before them, and the field's end behind.
const openFields = (html) => {
  let open = false
  return html.replace(/<!--\[if\s+supportFields\]>([\s\S]*?)-->/gi, (comment, field) => {
    const address = /HYPERLINK\s+(?:&quot;|")(.*?)(?:&quot;|")/i.exec(field.replace(/\s+/g, " "))?.[1]
    const ends = open && (address || /field-end/i.test(field)) ? "</a>" : ""
    if (address) open = true
    else if (ends) open = false
    return ends + (address ? `<a href="${address}">` : "")
  })
}

// Outlook and Google lead through an address of their own, which says who read the mail.
const withoutDetour = (address) => {
  const whole = /^www\./i.test(address) ? `https://${address}` : address
  if (!URL.canParse(whole)) return whole
  const { hostname, pathname, searchParams } = new URL(whole)
  if (/\.safelinks\.protection\.outlook\.com$/.test(hostname)) return searchParams.get("url") ?? whole
  if (/^www\.google\.[a-z.]+$/.test(hostname) && pathname === "/url") return searchParams.get("q") ?? whole
  return whole
}

const readLinks = (pasted, notes) => {
  for (const element of pasted.querySelectorAll("a[href]")) {
    const address = withoutDetour(element.getAttribute("href").replace(/\p{Cf}/gu, "").trim())
    if (leadsSomewhere.test(address)) element.setAttribute("href", address)
    else {
      if (element.textContent.trim()) notes.add("link")
      element.replaceWith(...element.childNodes)
    }
  }
}

/* --- bold and italic, which word processors write as styles -------------------------------------- */
const wrapIn = (tag, element) => {
  const wrapper = element.ownerDocument.createElement(tag)
  wrapper.append(...element.childNodes)
  element.append(wrapper)
}

const styleToMarks = (pasted) => {
  for (const element of pasted.querySelectorAll("[data-style]")) {
    const style = styleOf(element)
    if (element.matches("b, strong")) {
      if (/font-weight:\s*(normal|400)/i.test(style)) element.replaceWith(...element.childNodes)
    } else if (element.matches("span")) {
      if (/font-weight:\s*(bold|[6-9]00)/i.test(style)) wrapIn("strong", element)
      if (/font-style:\s*italic/i.test(style)) wrapIn("em", element)
    }
  }
}

/* --- tables: a row becomes a line, which the content "Table" takes as it is ----------------------- */
const openTables = (pasted, notes) => {
  for (const row of [...pasted.querySelectorAll("tr")].reverse()) {
    const cells = [...row.cells]
    if (cells.length < 2) continue
    for (const part of cells.flatMap((cell) => [...cell.querySelectorAll("p, div, li, ul, ol, br, h1, h2, h3, h4")])) {
      part.replaceWith(" ", ...part.childNodes)
    }
    const line = pasted.createElement("p")
    for (const cell of cells) line.append(...(cell === cells[0] ? [] : [" | "]), ...cell.childNodes)
    row.replaceWith(line)
    notes.add("table")
  }
}

/* --- lists --------------------------------------------------------------------------------------- */
const ROMAN = { i: 1, v: 5, x: 10, l: 50, c: 100, d: 500, m: 1000 }

const fromRoman = (text) =>
  [...text].reduce((sum, sign, at) => sum + (ROMAN[sign] < ROMAN[text[at + 1]] ? -1 : 1) * ROMAN[sign], 0)

// The numbers that a marker can mean, the likelier first: "i." is one, but the ninth after "h.".
const numbersOf = (marker) => {
  const sign = /(\d+|[a-z]+)[.)\]]*\s*$/i.exec(marker.trim())?.[1].toLowerCase()
  if (!sign || !/[.)\]]|^\d+$/.test(marker.trim())) return []
  if (/^\d/.test(sign)) return [Number(sign)]
  const roman = /^[ivxlcdm]+$/.test(sign) ? [fromRoman(sign)] : []
  const letter = sign.length === 1 ? [sign.charCodeAt(0) - 96] : []
  return sign === "i" ? [...roman, ...letter] : [...letter, ...roman]
}

const takeMarker = (paragraph) => {
  const marks = [...paragraph.querySelectorAll("span")].filter((span) => /mso-list:\s*ignore/i.test(styleOf(span)))
  const marker = marks.map((mark) => mark.textContent).join("").replaceAll("\u00a0", " ")
  for (const mark of marks) mark.remove()
  return marker || takeTypedMarker(paragraph)
}

// Mail programs drop the mark around it: "1.   Ring oss" is the item's text then.
const takeTypedMarker = (paragraph) => {
  const typed = /^\s*(\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]|[·•o§‑–-])[\s\u00a0]+/i.exec(paragraph.textContent)
  if (!typed) return ""
  const texts = paragraph.ownerDocument.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT)
  for (let left = typed[0].length; left && texts.nextNode(); ) {
    const length = Math.min(left, texts.currentNode.length)
    texts.currentNode.deleteData(0, length)
    left -= length
  }
  return typed[1]
}

// The desktop writes items as paragraphs with a marker, the web as lists of one item each.
const readItem = (element) => {
  if (element.localName === "li") {
    const list = element.parentElement
    const number = (list.start || 1) + [...list.children].indexOf(element)
    const level = Number(element.dataset.ariaLevel || element.getAttribute("aria-level") || 1)
    return { element, level, numbers: list.localName === "ol" ? [number] : [], lettered: false }
  }
  const level = Number(/mso-list:\s*\S+\s+level(\d)/i.exec(styleOf(element))?.[1] || 1)
  const marker = takeMarker(element)
  const numbers = numbersOf(marker)
  return { element, level, numbers, lettered: numbers.length > 0 && !/\d/.test(marker) }
}

const nextOf = ({ list }) => (list.start || 1) + list.children.length

// Lists in each other, as the items come. `open` has the lists that can still get an item, the outermost first.
const putItem = (open, { element, level, numbers }, before) => {
  while (open.length && open.at(-1).level > level) open.pop()
  const tag = numbers.length ? "ol" : "ul"
  const last = open.at(-1)
  const goesOn = last?.level === level && last.list.localName === tag && (tag === "ul" || numbers.includes(nextOf(last)))
  if (!goesOn) {
    if (last?.level === level) open.pop()
    const list = element.ownerDocument.createElement(tag)
    if (tag === "ol" && numbers[0] > 1) list.start = numbers[0]
    if (open.length) open.at(-1).list.lastElementChild.append(list)
    else before.before(list)
    open.push({ list, level })
  }
  const item = element.ownerDocument.createElement("li")
  item.append(...element.childNodes)
  open.at(-1).list.append(item)
}

const ITEMS = ".ListContainerWrapper li, p[class*=MsoListParagraph], p[data-style*='mso-list:l'], p[data-style*='mso-list: l']"

const makeLists = (pasted, notes) => {
  let open = []
  let end = null // the element after which the next item goes on with the same lists
  for (const element of pasted.querySelectorAll(ITEMS)) {
    const wrapper = element.closest(".ListContainerWrapper") || element
    if (wrapper.previousElementSibling !== end) open = []
    const item = readItem(element)
    if (item.lettered) notes.add("letters")
    putItem(open, item, wrapper)
    end = open[0].list
    element.remove()
    if (!wrapper.textContent.trim()) wrapper.remove()
  }
  if (pasted.querySelector("ol[type]:not([type='1']), [data-style*='-alpha'], [data-style*='-roman']")) notes.add("letters")
  for (const list of pasted.querySelectorAll(":is(ul, ol) > :is(ul, ol)")) list.previousElementSibling?.append(list)
}

/* --- spaces: a line of no-break spaces alone breaks inside words on a phone ---------------------- */
const plainSpaces = (text) => text.replace(/(\d?)\u00a0(?!\d)/g, (both, digit) => (digit ? both : " "))

const freeLines = (pasted) => {
  const texts = pasted.createTreeWalker(pasted.body, NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) texts.currentNode.data = plainSpaces(texts.currentNode.data)
}

/* --- all of it ----------------------------------------------------------------------------------- */
// The policy counts a style in a parsed document as one on this page, so they are renamed unparsed. A parser ends `del`
// at the end of a paragraph, and `s` not; a cell without its table runs into the next.
const beforeParsing = (html) => {
  const text = openFields(html)
    .replace(/<style[\s\S]*?<\/style>/gi, "")
    .replace(/<(\/?)(del|w:del|w:movefrom)(?=[\s/>])/gi, "<$1s")
    .replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\sstyle\s*=/gi, " data-style="))
  return /<t[dhr][\s>]/i.test(text) && !/<table[\s>]/i.test(text) ? `<table>${text}</table>` : text
}

const clean = (html, notes) => {
  const pasted = new DOMParser().parseFromString(beforeParsing(html), "text/html")
  leaveOut(pasted, notes)
  readLinks(pasted, notes)
  openTables(pasted, notes)
  makeLists(pasted, notes)
  styleToMarks(pasted)
  freeLines(pasted)
  return pasted.body.innerHTML
}

// "" takes away what stands there from the paste before.
const sayLeftOut = (view, notes) => {
  const kinds = Object.keys(words.notes).filter((kind) => notes.has(kind))
  view.dom.closest(".prose-editor").nextElementSibling.textContent = kinds.map((kind) => words.notes[kind]).join(" ")
}

export const PasteFromWordProcessor = Extension.create({
  name: "pasteFromWordProcessor",
  addProseMirrorPlugins() {
    const transformPastedHTML = (html, view) => {
      const notes = new Set()
      const cleaned = clean(html, notes)
      sayLeftOut(view, notes)
      return cleaned
    }
    return [new Plugin({ props: { transformPastedHTML, transformPastedText: plainSpaces } })]
  },
})

// Titles and other plain fields get pasted words too.
document.addEventListener("change", ({ target }) => {
  if (target.matches("input[type=text], textarea")) target.value = plainSpaces(target.value)
})

document.addEventListener("prose-editor:ready", (event) => {
  const note = document.createElement("p")
  note.className = "paste-note"
  note.setAttribute("role", "status")
  event.detail.editor.view.dom.closest(".prose-editor").after(note)
})
