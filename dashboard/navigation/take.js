// Copies a picture, and shows how to cite it or a source: what a button does not hold is fetched from an address of its own.
const fetched = async (address) => {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(answer.status);
  return answer;
};
const picture = async (address) => (await fetched(address)).blob();
const copied = async (said, done, refused, write) => {
  said.textContent = "";
  try {
    await write();
    said.textContent = done;
  } catch {
    said.textContent = refused;
  }
};
const made = (name, words, more = {}) => Object.assign(document.createElement(name), { textContent: words, ...more });
// One form: its name, what copies it, and its words; as templates/forms.html has it.
const form = ([name, words]) => {
  const copy = made("button", "Copy", { type: "button", ariaLabel: `Copy ${name}` });
  copy.dataset.copyForm = "";
  const head = made("h3", name);
  head.append(" ", copy);
  return [head, made("pre", words, { tabIndex: 0 })];
};
const show = (title, forms) => {
  const shown = made("dialog", "", { className: "cite", ariaLabel: title });
  const close = made("button", "Close", { type: "button", onclick: () => shown.close() });
  const spoken = made("p", "", { role: "status" });
  const bar = made("header", "");
  bar.append(made("h2", title), spoken, close);
  shown.append(bar, ...Object.entries(forms).flatMap(form));
  shown.onclose = () => shown.remove();
  shown.onclick = ({ target }) => target === shown && shown.close(); // beside it
  document.querySelector(".stApp").append(shown);
  shown.showModal();
};
const cite = async (address, said) => {
  said.textContent = "";
  try {
    show("Cite this picture", await (await fetched(address)).json());
  } catch {
    said.textContent = "The words to cite it with could not be fetched. Try again.";
  }
};
const take = (event) => {
  const button = event.target.closest?.("button:is([data-copy-picture], [data-cite], [data-forms], [data-copy-form])");
  if (!button) return undefined;
  if ("copyForm" in button.dataset) {
    const [said, words] = [button.closest(".forms, dialog").querySelector("[role='status']"), button.parentElement.nextElementSibling];
    return copied(said, `${button.ariaLabel.slice(5)} copied`, "This browser did not let the page copy. Select the words.", () =>
      navigator.clipboard.writeText(words.textContent));
  }
  if (button.dataset.forms) return show("Cite this source", JSON.parse(button.dataset.forms));
  const said = button.parentElement.querySelector("[role='status']");
  const { cite: address, copyPicture } = button.dataset;
  if (address) return cite(address, said);
  return copied(said, "Picture copied", "This browser did not let the page copy. Take the PNG.", () =>
    navigator.clipboard.write([new ClipboardItem({ "image/png": picture(copyPicture) })]));
};
