/* Shows the chosen picture under its name, in figures that are added later too. */
(() => {
  const SELECT = "select[data-picture-choice]"

  const show = (select) => {
    const row = select.closest(".form-row") || select.parentElement
    let image = row.querySelector(".picture-choice")
    const address = select.selectedOptions[0]?.dataset.thumbnail
    if (!address) {
      image?.remove()
      return
    }
    if (!image) {
      image = document.createElement("img")
      image.className = "picture-choice"
      image.alt = "" // the name stands beside it
      row.append(image)
    }
    image.src = address
  }

  document.addEventListener("change", (event) => {
    if (event.target.matches?.(SELECT)) show(event.target)
  })
  document.querySelectorAll(SELECT).forEach(show)
})()
