// A few values side by side, to be pressed: boxes to tick where several may be chosen, else one out of all.
const buttons = (name, { chosen, choose }) => {
  const box = made("div", { className: "row" });
  let field, drawn;
  const values = () => chosen(name);
  box.onchange = ({ target: { value, checked } }) => {
    if (field.form === "button") choose(name, [value].filter((one) => one !== field.blank));
    else choose(name, checked ? [...values(), value] : values().filter((one) => one !== value));
  };
  return {
    box,
    update(given) {
      field = given;
      const isOne = field.form === "button";
      const codes = field.choices.map(([code]) => code);
      box.role = isOne ? "radiogroup" : "group";
      if (drawn !== codes.join("\n")) {
        drawn = codes.join("\n");
        box.replaceChildren(...codes.map((value) => made("label", {}, made("input", { type: isOne ? "radio" : "checkbox", name, value }), made("span"))));
      }
      field.choices.forEach(([code, label], at) => {
        const [input, words] = box.children[at].children;
        input.checked = values().length ? values().includes(code) : code === field.blank;
        if (words.textContent !== label) words.textContent = label;
      });
    },
  };
};
