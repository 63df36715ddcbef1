/**
 * What typed letters turn into.  A row says nothing that the parser of the plain text would not say
 * of the same letters, so that a formula may be typed alike in both editors.
 */

const GREEK = `
  alpha beta gamma delta epsilon zeta theta kappa lambda sigma omega phi psi rho tau
  Gamma Delta Theta Lambda Xi Sigma Upsilon Phi Psi Omega varphi vartheta varepsilon upsilon`;
// So short that they occur inside products of letters: not behind a letter.
const SHORT_GREEK = "eta iota mu nu xi chi";
const LATEX_FUNCTIONS = `
  sin cos tan sec csc cot sinh cosh tanh coth arcsin arccos arctan exp ln log lg max min`;
const UPRIGHT_FUNCTIONS = `
  sech csch arccot arcsec arccsc arsinh arcosh artanh asin acos atan asinh acosh atanh arcsinh
  arccosh arctanh sgn sign abs floor ceil erf erfc heaviside atan2 arctan2 log2 log10 hypot sigmoid
  softplus cosec if else`;
const MATRIX_FUNCTIONS = `
  tr trace inv adj vec diag Diag norm norm1 norm2 normF sum mean expm logm sinm cosm softmax
  logsumexp lse logdet eye ones zeros kron triu tril dot outer abs erf sigmoid softplus sign
  arsinh arcosh artanh`;
const NOT_BEHIND_A_LETTER =
  "nothing+digit+function+frac+surd+binop+relop+punct+array+openfence+closefence+space+operator";

const words = (text) => text.trim().split(/\s+/);
const rows = (text, latex) => Object.fromEntries(words(text).map((word) => [word, latex(word)]));
const command = (word) => `\\${word}`;
const upright = (word) => `\\operatorname{${word}}`;

// A value that ends in a blank would begin a stretch of text.
const COMMON = {
  ...rows(GREEK, command),
  ...rows(SHORT_GREEK, (word) => ({ after: NOT_BEHIND_A_LETTER, value: command(word) })),
  ...rows(LATEX_FUNCTIONS, command),
  pi: "\\pi",
  sqrt: "\\sqrt{#?}",
  "*": "\\cdot",
};

const FORMULA = {
  ...COMMON,
  ...rows(UPRIGHT_FUNCTIONS, upright),
  cbrt: "\\sqrt[3]{#?}",
  int: "\\int_{#?}^{#?}",
  piecewise: "\\begin{cases}#? & #?\\\\ #? & \\text{otherwise}\\end{cases}",
  "<=": "\\le",
  ">=": "\\ge",
  "!=": "\\ne",
};

export const SHORTCUTS = {
  formula: FORMULA,
  working: { ...FORMULA, grad: "\\nabla", det: "\\det" },
  matrix: {
    ...COMMON,
    ...rows(MATRIX_FUNCTIONS, upright),
    det: "\\det",
    "'": "^{\\top}",
    ".*": "\\odot",
    "./": "\\oslash",
    "||": "\\left\\lVert#?\\right\\rVert",
  },
};

const named = [...words(LATEX_FUNCTIONS), "det"].join("|");

/** The end of a formula in which a function stands without brackets before its argument. */
export const OPEN_ARGUMENT = new RegExp(
  `\\\\(?:(?:${named})(?![a-z])|operatorname\\{\\w+\\})(?:\\^\\{?-?\\d+\\}?)?\\s*[a-zA-Z0-9]+$`,
);
