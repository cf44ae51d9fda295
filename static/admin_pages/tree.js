/* Drag a page by its handle: between two rows, or onto one. What a drop means is sent as the buttons send it. */
(() => {
  const tree = document.querySelector("[data-tree]")
  const form = document.querySelector("[data-drop]")
  const status = document.querySelector("[data-announcement]")
  const said = document.querySelector(".messagelist")
  // A live region speaks of what changes in it, so the message of the last move is put there after the page is shown.
  if (said && status) setTimeout(() => { status.textContent = said.textContent.trim() }, 300)
  if (!tree || !form || !tree.querySelector("[data-row]")) return

  const words = JSON.parse(document.getElementById("tree-words").textContent)
  const EDGE = 80
  const MARKS = { before: "tree-row--before", after: "tree-row--after", under: "tree-row--into" }
  let dragged = null
  let target = null

  const announce = (text) => {
    if (status.textContent !== text) status.textContent = text
  }

  const sentence = (text) =>
    text.replace("{page}", dragged.dataset.title).replace("{other}", target.row.dataset.title)

  const unmark = () => target?.row.classList.remove(MARKS[target.where])

  const aim = (x, y) => {
    const row = document.elementFromPoint(x, y)?.closest(".tree-row")
    unmark()
    target = null
    if (!row || row === dragged || !tree.contains(row)) return announce("")
    const box = row.getBoundingClientRect()
    const part = (y - box.top) / box.height
    const into = "holds" in row.dataset && "holds" in dragged.dataset
    const where = into && part > 0.3 && part < 0.7 ? "under" : part < 0.5 ? "before" : "after"
    target = { row, where }
    row.classList.add(MARKS[where])
    announce(sentence(words[where]))
  }

  const stop = () => {
    unmark()
    dragged?.classList.remove("tree-row--dragged")
    tree.classList.remove("tree--dragging")
    dragged = null
    target = null
  }

  const drop = () => {
    const chosen = target && { page: dragged.dataset.row, where: target.where, other: target.row.id.slice(5) }
    stop()
    if (!chosen) return announce("")
    form.elements.page.value = chosen.page
    const where = form.querySelector("[data-where]")
    where.name = chosen.where
    where.value = chosen.other
    form.submit()
  }

  for (const row of tree.querySelectorAll("[data-row]")) {
    const handle = document.createElement("span")
    handle.className = "tree-handle"
    handle.setAttribute("aria-hidden", "true")  // the buttons of the row do the same
    row.prepend(handle)
    handle.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return
      event.preventDefault()
      handle.setPointerCapture(event.pointerId)
      dragged = row
      row.classList.add("tree-row--dragged")
      tree.classList.add("tree--dragging")
    })
    handle.addEventListener("pointermove", (event) => {
      if (!dragged) return
      if (event.clientY < EDGE) window.scrollBy(0, -12)
      if (event.clientY > window.innerHeight - EDGE) window.scrollBy(0, 12)
      aim(event.clientX, event.clientY)
    })
    handle.addEventListener("pointerup", () => dragged && drop())
    handle.addEventListener("pointercancel", stop)
  }
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !dragged) return
    stop()
    announce(words.stopped)
  })
  tree.classList.add("tree--draggable")
  document.querySelector("[data-drag-help]")?.removeAttribute("hidden")
})()
