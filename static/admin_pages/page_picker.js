/* Suggestions for a field that names a page (pages/admin/picker/fields.py). Without this, a title is written in full. */
(() => {
  const PAUSE = 200 // milliseconds after the last key
  const asked = new WeakMap()

  const listOf = (input) => {
    const list = input.parentElement.querySelector("datalist")
    list.id ||= `${input.id}_pages`
    // A block that was added now has a number of its own, which its list must have too.
    if (list.id.includes("__prefix__")) list.id = `${input.id}_pages`
    input.setAttribute("list", list.id)
    return list
  }

  const offer = async (input) => {
    const list = listOf(input)
    const words = input.value.trim()
    if ([...list.options].some((option) => option.value === words)) return
    asked.get(input)?.abort()
    const question = new AbortController()
    asked.set(input, question)
    const address = new URL(input.dataset.pages, location.href)
    address.searchParams.set("q", words)
    try {
      const answer = await askServer(address, { signal: question.signal })
      if (!answer.ok) return
      const { pages } = await answer.json()
      const options = pages.map(({ link, label }) => {
        const option = document.createElement("option")
        option.value = label
        option.dataset.link = link
        return option
      })
      list.replaceChildren(...options)
      input.dispatchEvent(new Event("pages"))
    } catch {
      // The page says so (ask_server.js), or a newer question took the place of this one.
    }
  }

  const timers = new WeakMap()
  document.addEventListener("input", ({ target }) => {
    if (!target.matches("input[data-pages]")) return
    clearTimeout(timers.get(target))
    timers.set(target, setTimeout(() => offer(target), PAUSE))
  })
  document.addEventListener("focusin", ({ target }) => {
    if (!target.matches("input[data-pages]")) return
    target.select() // what is written next is another page
    if (!target.value) offer(target)
    else listOf(target)
  })
})()
