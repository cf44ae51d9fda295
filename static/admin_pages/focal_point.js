/* The focal point on the picture itself. The numbers are the form; this only shows and sets them. */
(() => {
  const place = document.querySelector("[data-focal-point]")
  const left = document.getElementById("id_left")
  const top = document.getElementById("id_top")
  if (!place || !left || !top) return

  const marker = document.createElement("span")
  marker.className = "focal-point__marker"
  place.append(marker)

  const within = (number) => Math.min(100, Math.max(0, Math.round(number)))
  const show = () => {
    marker.style.left = `${within(left.value)}%`
    marker.style.top = `${within(top.value)}%`
  }

  place.addEventListener("click", (event) => {
    const box = place.getBoundingClientRect()
    left.value = within((100 * (event.clientX - box.left)) / box.width)
    top.value = within((100 * (event.clientY - box.top)) / box.height)
    show()
    left.dispatchEvent(new Event("change", { bubbles: true }))
  })
  left.addEventListener("input", show)
  top.addEventListener("input", show)
  place.dataset.ready = ""
  show()
})()
