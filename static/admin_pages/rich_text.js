/* What the rich text editor has beyond the library's: Norwegian words, names for screen readers,
   links to pages by title. What is pasted has a script of its own (paste.js).
   Loaded by each editor before it starts (pages/admin/page/rich_text.py). */
import {
  Heading as LibraryHeading,
  Link as LibraryLink,
  updateAttrsDialog,
} from "django-prose-editor/editor"

const words = JSON.parse(document.getElementById("page-form-words").textContent)

/* --- headings: h1 is the page's title, so a pasted h1 becomes h2; the site has two levels -------- */
export const Heading = LibraryHeading.extend({
  parseHTML() {
    return [1, 2, 3, 4, 5, 6].map((level) => ({ tag: `h${level}`, attrs: { level: level < 3 ? 2 : 3 } }))
  },
})

/* --- links ----------------------------------------------------------------------------------- */
const allowed = (href) => {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(href || "")
  return scheme !== null && words.link.schemes.includes(scheme[1].toLowerCase())
}

// Without the signs that no reader sees.
const addressIn = (field) => field.replace(/\p{Cf}/gu, "").trim()
const leadsSomewhere = new RegExp(`^${words.link.leadsSomewhere}$`)

// How the page behind a link is written in the field; "" for an address.
const labelOf = async (link) => {
  if (!/^(page|contact):/.test(link)) return ""
  try {
    const answer = await askServer(`${words.findPages}&link=${encodeURIComponent(link)}`)
    return answer.ok ? ((await answer.json()).pages[0]?.label ?? "") : ""
  } catch {
    return "" // the dialog opens without it
  }
}

const askForLink = async (editor, href) => {
  const label = await labelOf(href)
  const fields = {
    page: { type: "string", title: words.link.page, description: words.link.find },
    address: { type: "string", title: words.link.address, description: words.link.help },
  }
  const current = { page: label, address: label ? "" : href }
  const options = { title: words.link.title, submitText: words.link.save }
  const answered = updateAttrsDialog(fields, options)(editor, current)
  const dialog = editor.view.dom.parentElement.querySelector("dialog.prose-editor-dialog")
  const [page, address] = dialog.querySelectorAll("input")
  const list = document.createElement("datalist")
  list.id = "link_pages"
  page.after(list)
  page.dataset.pages = words.findPages
  page.autocomplete = "off"
  const linkTo = (text) =>
    text && text === label ? href : [...list.options].find((option) => option.value === text)?.dataset.link
  const check = () => {
    const [title, text] = [page.value.trim(), addressIn(address.value)]
    page.setCustomValidity(!title || linkTo(title) ? "" : words.link.unknown)
    address.setCustomValidity(!text || linkTo(title) || leadsSomewhere.test(text) ? "" : words.link.refused)
  }
  for (const name of ["input", "change", "pages"]) page.addEventListener(name, check)
  address.addEventListener("input", check)
  const answer = await answered
  return answer && (linkTo(answer.page.trim()) || addressIn(answer.address))
}

export const Link = LibraryLink.extend({
  addOptions() {
    return { ...this.parent?.(), isAllowedUri: allowed }
  },
  addCommands() {
    return {
      ...this.parent?.(),
      addLink:
        () =>
        ({ editor }) => {
          const isLink = editor.isActive("link")
          if (editor.state.selection.empty && !isLink) return
          const { href } = editor.getAttributes("link")
          askForLink(editor, href || "").then((chosen) => {
            if (!chosen) return
            const chain = editor.chain().focus()
            if (isLink) chain.extendMarkRange("link")
            chain.setLink({ href: chosen }).run()
          })
        },
    }
  },
})

/* --- names --------------------------------------------------------------------------------------- */
const nameToolbar = (editor) => {
  const bar = editor.view.dom.parentElement.querySelector(".prose-menubar")
  bar.setAttribute("role", "toolbar")
  bar.setAttribute("aria-label", words.toolbarName)
  const buttons = [...bar.querySelectorAll("button[data-name]")]
  for (const button of buttons) {
    const name = words.toolbar[button.dataset.name]
    if (!name) continue
    button.title = name
    button.setAttribute("aria-label", name)
  }
  const sayState = () => {
    for (const button of buttons) {
      if (!button.dataset.name.startsWith("history")) {
        button.setAttribute("aria-pressed", button.classList.contains("active"))
      }
    }
  }
  sayState()
  editor.on("transaction", sayState)
}

const nameText = (editor, textarea) => {
  const label = document.querySelector(`label[for="${CSS.escape(textarea.id)}"]`)
  const text = editor.view.dom
  if (label) {
    label.id ||= `${textarea.id}_label`
    text.setAttribute("aria-labelledby", label.id)
    label.addEventListener("click", () => editor.commands.focus())
  }
  if (textarea.lang) text.lang = textarea.lang
  text.setAttribute("aria-multiline", "true")
}

document.addEventListener("prose-editor:ready", (event) => {
  const { editor, textarea } = event.detail
  nameText(editor, textarea)
  editor.on("create", () => nameToolbar(editor))
})
