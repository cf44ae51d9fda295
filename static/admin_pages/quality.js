/* Keeps the quality panel up to date while an editor writes. The server judges; this only asks and shows. */
(() => {
  const panel = document.querySelector("[data-quality]")
  if (!panel) return
  const PAUSE = 1000 // milliseconds without a key, so that half a word is not judged
  const form = panel.closest("form")
  const list = panel.querySelector("[data-quality-list]")
  const status = panel.querySelector("[data-quality-status]")
  const fold = panel.querySelector("[data-quality-fold]")
  let timer
  let running
  let shown = list.innerHTML

  const say = (text) => {
    if (status.textContent !== text) status.textContent = text
  }

  // --- which languages are unfolded: the one in the form, until the editor chooses another
  const chosen = new Map()
  const languageInForm = () => form.querySelector("[data-language]:checked")?.value || "all"
  const unfold = () => {
    for (const part of list.querySelectorAll("[data-quality-language]")) {
      const code = part.dataset.qualityLanguage
      const inForm = ["all", code].includes(languageInForm())
      part.open = chosen.has(code) ? chosen.get(code) : inForm
    }
  }

  // --- ask and show
  const show = (html) => {
    if (html === shown) return
    shown = html
    const focused = list.contains(document.activeElement) && document.activeElement.getAttribute("href")
    const { scrollTop } = panel
    list.innerHTML = html
    unfold()
    panel.scrollTop = scrollTop
    if (focused) list.querySelector(`[href="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true })
  }
  const check = async () => {
    clearTimeout(timer)
    running?.abort()
    running = new AbortController()
    const { signal } = running
    try {
      const answer = await askServer(panel.dataset.qualityUrl, { method: "POST", body: new FormData(form), signal })
      if (!answer.ok) throw new Error("not checked")
      const html = await answer.text()
      if (signal.aborted) return
      show(html)
      say(list.querySelector("[data-quality-summary]").textContent)
    } catch {
      if (!signal.aborted) say(panel.dataset.qualityFailed)
    }
  }
  const checkSoon = () => {
    clearTimeout(timer)
    timer = setTimeout(check, PAUSE)
  }

  // --- from a finding to its field
  const select = (target, words) => {
    if (!words) return
    if (target.setSelectionRange && target.type !== "hidden") {
      const start = target.value.indexOf(words)
      if (start >= 0) target.setSelectionRange(start, start + words.length)
      return
    }
    const texts = document.createTreeWalker(target, NodeFilter.SHOW_TEXT)
    while (texts.nextNode()) {
      const node = texts.currentNode
      const start = node.data.indexOf(words)
      if (start >= 0) {
        getSelection().setBaseAndExtent(node, start, node, start + words.length)
        node.parentElement.scrollIntoView({ block: "center" })
        return
      }
    }
  }
  list.addEventListener("click", (event) => {
    const part = event.target.closest("summary")?.parentElement
    if (part) chosen.set(part.dataset.qualityLanguage, !part.open)
    const link = event.target.closest("[data-quality-field]")
    const field = link && document.getElementById(link.dataset.qualityField)
    if (!field) return
    event.preventDefault()
    if (!["all", link.dataset.language].includes(languageInForm())) {
      form.querySelector(`[data-languages] [value="${link.dataset.language}"]`)?.click()
    }
    for (let one = field.closest("details"); one; one = one.parentElement.closest("details")) one.open = true
    field.closest(".inline-related")?.classList.remove("collapsed")
    const target = field.closest(".prose-editor")?.querySelector(".ProseMirror") || field
    target.scrollIntoView({ block: "center" })
    target.focus({ preventScroll: true })
    select(target, link.dataset.words)
  })

  form.addEventListener("input", checkSoon)
  form.addEventListener("change", (event) => {
    if (event.target.closest("[data-languages]")) {
      chosen.clear()
      unfold()
    } else checkSoon()
  })
  document.addEventListener("formset:added", checkSoon)
  document.addEventListener("formset:removed", checkSoon)
  // The editor may come back from giving a reason in another tab.
  window.addEventListener("focus", checkSoon)

  fold.open = matchMedia("(min-width: 1100px)").matches
  unfold()
  window.addEventListener("load", () => setTimeout(check, 300))
})()
