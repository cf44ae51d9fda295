/* Blocks by keyboard: add, insert, move, fold. The library's own way is a mouse on bare elements. */
(() => {
  const MACHINE = ".order-machine"

  const rows = () =>
    [...document.querySelectorAll(`${MACHINE} .inline-related:not(.empty-form)`)].sort(
      (a, b) => a.style.order - b.style.order,
    )

  const setOrder = (row, order) => {
    row.style.order = order
    row.querySelector(".order-machine-ordering").value = order
  }

  // What listens to a form hears of a key in a field, and not of what a script does.
  const tellOfChange = (row) => row.dispatchEvent(new Event("change", { bubbles: true }))

  const move = (row, button) => {
    const all = rows()
    const from = all.indexOf(row)
    const to = from + (button.dataset.moveBlock === "up" ? -1 : 1)
    if (to < 0 || to >= all.length) return
    all.splice(from, 1)
    all.splice(to, 0, row)
    all.forEach((one, index) => setOrder(one, 10 * (index + 1)))
    tellOfChange(row)
    row.scrollIntoView({ block: "nearest" })
    button.focus()
  }

  const announce = (text) => {
    const place = document.querySelector("[data-announcement]")
    if (place) place.textContent = text
  }

  // Before the library's own listeners, which would fold the block on every click in its heading.
  document.addEventListener(
    "click",
    (event) => {
      const button = event.target.closest("[data-move-block]")
      if (!button) return
      event.stopPropagation()
      move(button.closest(".inline-related"), button)
    },
    true,
  )

  // The library has moved the block that was dragged here.
  document.addEventListener("drop", (event) => {
    const row = event.target.closest(`${MACHINE} .inline-related`)
    if (row) tellOfChange(row)
  })

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-add-block]")
    if (button) window.ContentEditor.addContent(button.dataset.addBlock)
  })

  const asButton = (element, label) => {
    element.tabIndex = 0
    element.setAttribute("role", "button")
    if (label) element.setAttribute("aria-label", label)
  }

  const words = JSON.parse(document.getElementById("page-form-words").textContent)
  const makeReachable = () => {
    for (const target of document.querySelectorAll(".order-machine-insert-target")) {
      asButton(target, words.insertHere)
    }
    for (const button of document.querySelectorAll(".plugin-buttons .plugin-button")) asButton(button)
  }

  document.addEventListener("content-editor:ready", () => {
    makeReachable()
    document.querySelector(".add-block")?.removeAttribute("hidden")
  })

  // What the editor types next belongs in the block: a space on the pressed button would add another one.
  const focusFirstField = (row) =>
    [...row.querySelectorAll("input:not([type=hidden]), select, textarea, .ProseMirror")]
      .find((field) => field.offsetParent)
      ?.focus()

  // A text editor takes the place of the field that has the focus, and the first one of a page is fetched before that.
  let added
  document.addEventListener("prose-editor:ready", () => {
    if (added && document.activeElement === document.body) focusFirstField(added)
  })

  document.addEventListener("formset:added", (event) => {
    const row = event.target
    // The library leaves the new block's insert target to the next reordering.
    if (!row.querySelector(".order-machine-insert-target")) {
      const target = document.createElement("span")
      target.className = "order-machine-insert-target"
      row.append(target)
    }
    makeReachable()
    row.scrollIntoView({ block: "center" })
    announce(words.added)
    added = row
    // Not at once: the text editors of the block are made by a later listener.
    setTimeout(() => focusFirstField(row))
  })

  // A new block that is removed stays in the form, marked as deleted, so that its words can come back.
  const remove = (row) => {
    const mark = document.createElement("input")
    Object.assign(mark, { type: "hidden", name: `${row.id}-DELETE`, value: "on" })
    const undo = document.createElement("button")
    Object.assign(undo, { type: "button", textContent: words.undo })
    const line = document.createElement("p")
    line.className = "block-removed"
    line.append(mark, `${words.removed} `, undo)
    row.prepend(line)
    row.classList.add("is-removed")
    undo.addEventListener("click", () => {
      line.remove()
      row.classList.remove("is-removed")
      tellOfChange(row)
      row.querySelector("[data-fold-block]")?.focus()
    })
    undo.focus()
    announce(words.removed)
    tellOfChange(row)
  }
  document.addEventListener(
    "click",
    (event) => {
      const link = event.target.closest(".inline-deletelink")
      if (!link) return
      event.preventDefault()
      event.stopPropagation()
      remove(link.closest(".inline-related"))
    },
    true,
  )

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return
    const button = event.target.closest(`.order-machine-insert-target, .plugin-button[role=button]`)
    if (!button) return
    event.preventDefault()
    button.click()
    if (button.matches(".order-machine-insert-target.selected")) {
      document.querySelector(".plugin-buttons .plugin-button:not(.content-editor-hide)")?.focus()
    }
  })
})()
