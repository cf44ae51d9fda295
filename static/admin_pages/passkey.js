// Makes a passkey, or proves one, when the button of its form is pressed. Without JavaScript the form stays hidden,
// and a code does the same.
"use strict";

for (const part of document.querySelectorAll("[data-passkey]")) {
  const form = part.querySelector("form");
  const asked = JSON.parse(document.getElementById("passkey-question").textContent);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    part.querySelector("[role=alert]").textContent = "";
    try {
      const answer = await window.webauthnJSON[part.dataset.passkey](asked);
      form.elements.passkey.value = JSON.stringify(answer);
      form.submit();
    } catch {
      part.querySelector("[role=alert]").textContent = part.dataset.failed;
    }
  });
  part.hidden = false;
}
