// Copy and print, for those who have scripts. Without them the code is marked with one press and printed from the menu.
"use strict";
{
  const [copy, print] = document.querySelectorAll(".code-tools button");
  if (navigator.clipboard) {
    copy.hidden = false;
    copy.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.querySelector(".return-code").textContent);
      document.querySelector(".code-tools [role=status]").textContent = copy.dataset.done;
    });
  }
  print.hidden = false;
  print.addEventListener("click", () => window.print());
}
