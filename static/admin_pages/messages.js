/* After a save the browser scrolls to where it was, and the message about the save stands above the screen. */
(() => {
  const place = document.getElementById("messages")
  if (!place?.querySelector(".messagelist")) return
  history.scrollRestoration = "manual"
  addEventListener("load", () => {
    if (document.activeElement !== document.body && document.activeElement !== place) return
    place.scrollIntoView({ block: "center" })
    place.focus({ preventScroll: true })
  })
})()
