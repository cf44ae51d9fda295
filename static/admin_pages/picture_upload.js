/* Says before sending that a file is too large; the server says so too, after minutes on a slow line. */
(() => {
  const form = document.getElementById("picture_form")
  const input = form?.querySelector("input[type=file]")
  if (!input) return

  input.addEventListener("change", () => {
    const tooLarge = [...input.files].some((file) => file.size > Number(input.dataset.largest))
    input.setCustomValidity(tooLarge ? form.dataset.tooLarge : "")
    input.reportValidity()
  })
})()
