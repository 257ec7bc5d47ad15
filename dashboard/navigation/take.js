// Copies a picture: it is fetched from the address of its file when its button is pressed.
const picture = async (address) => {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(answer.status);
  return answer.blob();
};
const take = async (event) => {
  const button = event.target.closest?.("button[data-copy-picture]");
  if (!button) return;
  const said = button.parentElement.querySelector("[role='status']");
  said.textContent = "";
  try {
    await navigator.clipboard.write([new ClipboardItem({ "image/png": picture(button.dataset.copyPicture) })]);
    said.textContent = "Picture copied";
  } catch {
    said.textContent = "This browser did not let the page copy. Take the PNG.";
  }
};
