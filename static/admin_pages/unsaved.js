/* Leaving a form with unsaved words asks first: with words typed here, and with those that the server has shown
   without saving them (data-unsaved). What is written on a case is kept as a draft while it is written. */
(() => {
  const PAUSE = 3000 // milliseconds without a key before a draft is kept
  const LONGEST = 10000 // milliseconds that keeping a draft may hold up another button
  const unsaved = new Set()
  const kept = new Map() // for each form that keeps drafts, the words that the server has
  const keeping = new Map() // for each form, what stops the draft that is on its way
  let timer
  let onward // the form that is sent now that the drafts beside it are kept

  const wordsIn = (form) => new URLSearchParams(new FormData(form)).toString()

  for (const mark of document.querySelectorAll("[data-unsaved]")) {
    unsaved.add(mark.form ?? mark.closest("form") ?? mark)
  }
  for (const form of document.querySelectorAll("[data-draft-url]")) kept.set(form, wordsIn(form))

  const watched = (target) => {
    const form = target.form || target.closest?.("form")
    return form?.method === "post" && !form.matches("#login-form, #changelist-form, #logout-form") ? form : null
  }

  const look = (form) => {
    unsaved.add(form)
    if (!form.dataset.draftUrl) return
    clearTimeout(timer)
    if (wordsIn(form) === kept.get(form)) unsaved.delete(form)
    else timer = setTimeout(() => keep(form), PAUSE)
  }

  const keep = async (form) => {
    clearTimeout(timer)
    const words = wordsIn(form)
    keeping.get(form)?.abort()
    const stop = new AbortController()
    keeping.set(form, stop)
    setTimeout(() => stop.abort(new DOMException("", "TimeoutError")), LONGEST)
    kept.delete(form) // until the answer it is not known what the server has
    try {
      const answer = await askServer(form.dataset.draftUrl, {
        method: "POST",
        body: new FormData(form),
        keepalive: true,
        signal: stop.signal,
      })
      if (answer.status !== 204) return
      kept.set(form, words)
      look(form)
    } catch {
      // Leaving asks, as the form is still unsaved.
    }
  }

  const note = (event) => {
    const form = watched(event.target)
    if (form && !event.target.closest("[data-languages]")) look(form)
  }
  for (const kind of ["input", "change", "formset:added", "formset:removed"]) document.addEventListener(kind, note)

  // Another button, as the one that logs out, waits until what was begun is kept.
  document.addEventListener("submit", async (event) => {
    const form = event.target
    if (event.defaultPrevented || event.submitter?.formTarget === "_blank") return
    unsaved.delete(form)
    if (form.dataset.draftUrl) clearTimeout(timer) // the form keeps its words by itself
    const begun = [...unsaved].filter((one) => one.dataset.draftUrl)
    if (!begun.length || form === onward) return
    event.preventDefault()
    await Promise.all(begun.map(keep))
    onward = form
    form.requestSubmit(event.submitter)
    onward = null
  })
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) return
    for (const form of unsaved) if (form.dataset.draftUrl) keep(form)
  })
  addEventListener("beforeunload", (event) => {
    if ([...unsaved].some((form) => form.isConnected)) event.preventDefault()
  })
})()
