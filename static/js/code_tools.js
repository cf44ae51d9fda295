// Copy and print, for those who have scripts. Without them the code is marked with one press and printed from the menu.
"use strict";
{
  const [copy, print] = document.querySelectorAll(".code-tools button");
  if (navigator.clipboard) {
    copy.hidden = false;
    copy.addEventListener("click", async () => {
      const code = document.querySelector(".return-code"), status = document.querySelector(".code-tools [role=status]");
      try {
        await navigator.clipboard.writeText(code.textContent);
        status.textContent = copy.dataset.done;
      } catch { // the browser's settings, or the app that the page is shown in, forbid it
        getSelection().selectAllChildren(code);
        status.textContent = copy.dataset.refused;
      }
    });
  }
  print.hidden = false;
  print.addEventListener("click", () => window.print());
}
