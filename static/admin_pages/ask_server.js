/* What the scripts of staff pages ask the server with. Says above the page when the login has ended or nothing answers:
   words that are typed on would otherwise wait for a save that cannot come. */
(() => {
  const note = document.getElementById("not-answered")
  const sentences = new Map()
  for (const template of note?.querySelectorAll("template") ?? []) sentences.set(template.dataset.why, template.content)
  let said = ""

  const say = (why) => {
    if (!note || why === said) return
    said = why
    note.replaceChildren(...(why ? [sentences.get(why).cloneNode(true)] : []))
  }

  window.askServer = async (address, options) => {
    let answer
    try {
      answer = await fetch(address, { redirect: "manual", ...options })
    } catch (error) {
      if (error.name !== "AbortError") say("silence") // another question took the place of this one
      throw error
    }
    if (answer.ok) say("")
    else say(answer.type === "opaqueredirect" || [401, 403].includes(answer.status) ? "login" : "refusal")
    return answer
  }
})()
