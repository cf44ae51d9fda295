/* Leaving a form with unsaved words asks first. What is written on a case is kept as a draft while it is written. */
(() => {
  const PAUSE = 3000 // milliseconds without a key before a draft is kept
  const unsaved = new Set()
  let timer

  const watched = (target) => {
    const form = target.form || target.closest?.("form")
    return form?.method === "post" && !form.matches("#login-form, #changelist-form, #logout-form") ? form : null
  }

  const keep = async (form) => {
    clearTimeout(timer)
    try {
      const answer = await fetch(form.dataset.draftUrl, {
        method: "POST",
        body: new FormData(form),
        keepalive: true,
        redirect: "error",
      })
      if (answer.status === 204) unsaved.delete(form)
    } catch {
      // Leaving asks, as the form is still unsaved.
    }
  }

  const note = (event) => {
    const form = watched(event.target)
    if (!form || event.target.closest("[data-languages]")) return
    unsaved.add(form)
    if (!form.dataset.draftUrl) return
    clearTimeout(timer)
    timer = setTimeout(() => keep(form), PAUSE)
  }
  for (const kind of ["input", "change", "formset:added", "formset:removed"]) document.addEventListener(kind, note)

  document.addEventListener("submit", (event) => {
    if (!event.defaultPrevented && event.submitter?.formTarget !== "_blank") unsaved.delete(event.target)
  })
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) return
    for (const form of unsaved) if (form.dataset.draftUrl) keep(form)
  })
  addEventListener("beforeunload", (event) => {
    if ([...unsaved].some((form) => form.isConnected)) event.preventDefault()
  })
})()
