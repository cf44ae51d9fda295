/* Which language the form shows. The hiding itself is CSS on the checked radio button, so it holds
   for blocks that are added later; this only remembers the choice and leads to the first error. */
(() => {
  const KEY = "language-in-form"
  const radios = [...document.querySelectorAll("[data-languages] input[type=radio]")]
  if (!radios.length) return

  const remembered = () => {
    try {
      return sessionStorage.getItem(KEY)
    } catch {
      return null
    }
  }
  const remember = (language) => {
    try {
      sessionStorage.setItem(KEY, language)
    } catch {
      /* A browser that keeps nothing shows bokmål next time. */
    }
  }

  if (!radios.some((radio) => radio.hasAttribute("data-wrong"))) {
    const wanted = remembered() || "nb"
    const radio = radios.find((one) => one.value === wanted)
    if (radio) radio.checked = true
  }
  for (const radio of radios) {
    radio.addEventListener("change", () => remember(radio.value))
  }

  const leadToFirstError = () => {
    const lists = [...document.querySelectorAll("form .errorlist")]
    const row = lists.map((list) => list.closest(".form-row") || list).find((one) => one.offsetParent !== null)
    if (!row) return
    row.scrollIntoView({ block: "center" })
    const field = row.querySelector(".ProseMirror, input:not([type=hidden]), textarea, select")
    if (field) field.focus({ preventScroll: true })
  }
  // After the blocks were put in order and their editors made, and after the content editor has
  // gone back to where the window stood before the save, which it does 200 ms after it is ready.
  let awaited = 2
  const lead = () => {
    awaited -= 1
    if (awaited === 0) setTimeout(leadToFirstError, 300)
  }
  window.addEventListener("load", lead, { once: true })
  document.addEventListener("content-editor:ready", lead, { once: true })
})()
