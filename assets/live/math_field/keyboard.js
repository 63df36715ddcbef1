/** The keyboards on the screen, for fingers: for formulas of numbers, derivations and matrices. */

const key = (latex, insert, label) => ({ latex, insert, ...(label ? { label } : {}) });
const letter = (name, shift) => ({ latex: name, insert: name, ...(shift ? { shift } : {}) });
const call = (name) => ({
  label: name,
  class: "small",
  insert: `${COMMANDS.has(name) ? `\\${name}` : `\\operatorname{${name}}`}\\left(#0\\right)`,
});
const COMMANDS = new Set(
  "sin cos tan exp ln log arcsin arccos arctan sinh cosh tanh max min det".split(" "),
);
const FRACTION = { latex: "\\frac{\\square}{\\square}", insert: "\\frac{#@}{#?}", class: "small" };
const SQUARE = { latex: "\\square^2", insert: "#@^{2}" };
const POWER = { latex: "\\square^{\\square}", insert: "#@^{#?}" };
const INDEX = { latex: "\\square_{\\square}", insert: "#@_{#?}" };
const ROOT = { latex: "\\sqrt{\\square}", insert: "\\sqrt{#0}", class: "small" };
const BARS = { latex: "|\\square|", insert: "\\left|#0\\right|", class: "small" };
const NORM = { latex: "\\lVert\\square\\rVert", insert: "\\left\\lVert#0\\right\\rVert", class: "small" };
const TRANSPOSE = { latex: "\\square^{\\top}", insert: "#@^{\\top}" };
const INVERSE = { latex: "\\square^{-1}", insert: "#@^{-1}", class: "small" };
const E_TO = { latex: "e^{\\square}", insert: "e^{#?}" };
const CASES = {
  label: "cases",
  class: "small",
  insert: "\\begin{cases}#? & #?\\\\ #? & \\text{otherwise}\\end{cases}",
};
const COLUMN = { label: "column", class: "small", insert: "\\begin{pmatrix}#?\\\\ #?\\end{pmatrix}" };
const MATRIX = {
  label: "matrix",
  class: "small",
  insert: "\\begin{bmatrix}#? & #?\\\\ #? & #?\\end{bmatrix}",
};
const LOGARITHM = { latex: "\\log_{\\square}", insert: "\\log_{#?}\\left(#0\\right)", class: "small" };
const CUBE_ROOT = { latex: "\\sqrt[3]{\\square}", insert: "\\sqrt[3]{#0}", class: "small" };
const INTEGRAL = { latex: "\\int", insert: "\\int_{#?}^{#?}" };
const TIMES = key("\\cdot", "\\cdot");
const [LEFT, RIGHT, DELETE, HIDE] = ["[left]", "[right]", "[backspace]", "[hide-keyboard]"];

const NUMBERS = {
  label: "x²",
  tooltip: "letters, digits and signs",
  rows: [
    [letter("x", "X"), letter("y", "Y"), letter("z", "Z"), "7", "8", "9", FRACTION, ROOT, "(", ")"],
    [letter("t"), key("\\theta", "\\theta"), letter("r"), "4", "5", "6", TIMES, SQUARE, POWER, BARS],
    [letter("a"), letter("b"), key("\\pi", "\\pi"), "1", "2", "3", "-", E_TO, call("sin"), call("cos")],
    [",", "=", INDEX, "0", ".", "+", call("ln"), LEFT, RIGHT, DELETE, HIDE],
  ],
};
const FUNCTIONS = {
  label: "f(x)",
  tooltip: "functions",
  rows: [
    [...["sin", "cos", "tan", "exp", "ln"].map(call), LOGARITHM, CUBE_ROOT],
    [...["arcsin", "arccos", "arctan", "sinh", "cosh", "tanh", "erf"].map(call)],
    [...["atan2", "max", "min", "sgn"].map(call), CASES, COLUMN, INTEGRAL],
    ["<", ">", "\\le", "\\ge", LEFT, RIGHT, DELETE],
  ],
};
const by = (variable) => ({
  latex: `\\frac{d}{d${variable}}`,
  insert: `\\frac{d}{d${variable}}\\left[#0\\right]`,
  class: "small",
});
const partial = (variable) => key(`f_{${variable}}`, `f_{${variable}}`);
const DERIVATIVES = {
  label: "d/dx",
  tooltip: "derivatives",
  rows: [
    [..."xytuvrs"].map(by),
    [..."xytuvrs"].map(partial),
    [
      { latex: "\\square'", insert: "#@'", class: "small" },
      { latex: "\\left(\\square\\right)'", insert: "\\left(#0\\right)'", class: "small" },
      key("\\nabla", "\\nabla"),
      key("\\partial", "\\partial"),
      INDEX,
      "=",
    ],
    ["(", ")", "[", "]", ",", LEFT, RIGHT, DELETE, HIDE],
  ],
};
const MATRICES = {
  label: "Xᵀ",
  tooltip: "letters, digits and signs",
  rows: [
    [letter("X"), letter("A"), letter("B"), "7", "8", "9", TRANSPOSE, INVERSE, "(", ")"],
    [letter("x"), letter("a"), letter("b"), "4", "5", "6", call("tr"), call("det"), POWER, FRACTION],
    [letter("W"), letter("y"), letter("s"), "1", "2", "3", "-", NORM, call("log"), call("exp")],
    [key("\\odot", "\\odot"), key("\\otimes", "\\otimes"), INDEX, "0", ".", "+", "\\lambda", LEFT, RIGHT, DELETE, HIDE],
  ],
};
const MATRIX_FUNCTIONS = {
  label: "f(X)",
  tooltip: "functions of matrices",
  rows: [
    [...["tr", "det", "logdet", "vec", "diag", "Diag"].map(call)],
    [...["sum", "norm1", "normF", "kron", "expm", "logm"].map(call)],
    [...["softmax", "logsumexp", "sigmoid"].map(call), MATRIX, BARS, ROOT],
    [letter("I"), key("\\Sigma", "\\Sigma"), ",", LEFT, RIGHT, DELETE],
  ],
};
const LAYOUTS = {
  formula: [NUMBERS, FUNCTIONS, "alphabetic", "greek"],
  working: [NUMBERS, DERIVATIVES, FUNCTIONS, "alphabetic", "greek"],
  matrix: [MATRICES, MATRIX_FUNCTIONS, "alphabetic", "greek"],
};

let keyboard;
let shown;

/** Take the keyboard of the page, once: let it stand in the page's colours and not over the field. */
export function useKeyboard(ofPage) {
  keyboard = ofPage;
  keyboard.editToolbar = "none";
  keyboard.container = document.querySelector(".stApp") ?? document.body;
  keyboard.addEventListener("geometrychange", () => {
    const height = keyboard.visible ? keyboard.boundingRect.height : 0;
    document.documentElement.style.setProperty("--nm-keyboard", `${height}px`);
    if (height) document.activeElement?.scrollIntoView?.({ block: "nearest" });
  });
}

/** Have the keys for what is typed in a field. */
export function offerKeys(kind) {
  if (shown !== kind) keyboard.layouts = LAYOUTS[kind];
  shown = kind;
}
