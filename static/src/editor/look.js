// How the editor looks: by the page's own variables, which follow light and dark.

import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const highlighting = HighlightStyle.define([
  { tag: [tags.keyword, tags.modifier, tags.operatorKeyword, tags.controlKeyword], color: "var(--code-keyword)" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--code-string)" },
  { tag: [tags.number, tags.bool, tags.null, tags.atom], color: "var(--code-number)" },
  { tag: tags.comment, color: "var(--code-comment)", fontStyle: "italic" },
  { tag: [tags.function(tags.definition(tags.variableName)), tags.definition(tags.className), tags.className], color: "var(--code-name)" },
  { tag: [tags.function(tags.variableName), tags.function(tags.propertyName)], color: "var(--code-call)" },
  { tag: tags.meta, color: "var(--code-name)" },
  { tag: tags.invalid, color: "var(--bad)" },
]);

const theme = EditorView.theme({
  "&": { height: "100%", color: "var(--ink)", backgroundColor: "transparent", fontSize: "var(--code-size)" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.6" },
  ".cm-content": { caretColor: "var(--accent)", padding: "0.625rem 0" },
  // What is right of a line's end counts as text that does not fit: no more of it than the cursor needs.
  ".cm-line": { padding: "0 0.375rem" },
  ".cm-cursor, .cm-dropCursor": { borderLeftColor: "var(--accent)", borderLeftWidth: "2px" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "var(--selection)", forcedColorAdjust: "none",
  },
  ".cm-gutters": { backgroundColor: "transparent", color: "var(--quiet)", border: "none" },
  // The text area before this editor has the same room on its left (css/program.css).
  ".cm-lineNumbers .cm-gutterElement": { minWidth: "var(--gutter)", padding: "0 0.5rem 0 0.1875rem" },
  ".cm-activeLine": { backgroundColor: "var(--line-here)" },
  ".cm-activeLineGutter": { backgroundColor: "transparent", color: "var(--ink)" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--match)", outline: "1px solid var(--edge)" },
  "&.cm-focused .cm-nonmatchingBracket": { backgroundColor: "transparent", color: "var(--bad)" },
  ".cm-tooltip": { backgroundColor: "var(--sheet)", border: "1px solid var(--edge)", borderRadius: "0.375rem", overflow: "hidden" },
  ".cm-tooltip-autocomplete > ul": { fontFamily: "var(--mono)" },
  ".cm-tooltip-autocomplete > ul > li[aria-selected]": {
    backgroundColor: "var(--accent)", color: "var(--on-accent)", forcedColorAdjust: "none",
  },
  ".cm-panels": { backgroundColor: "var(--page)", color: "var(--ink)", borderColor: "var(--line)" },
  ".cm-textfield": { backgroundColor: "var(--sheet)", color: "var(--ink)", border: "1px solid var(--edge)" },
  ".cm-button": { background: "var(--sheet)", color: "var(--ink)", border: "1px solid var(--edge)" },
  ".cm-searchMatch": { backgroundColor: "var(--match)" },
  ".cm-searchMatch-selected": { backgroundColor: "var(--selection)" },
  // The cursor's blinking.
  "@media (prefers-reduced-motion: reduce)": { ".cm-cursorLayer": { animation: "none !important" } },
  // Where the system forces its own colours, which leaves no backgrounds.
  "@media (forced-colors: active)": {
    ".cm-searchMatch": { outline: "1px dashed" },
    ".cm-searchMatch-selected": { outline: "2px solid" },
  },
});

/** Extensions of an editor. */
export const look = [theme, syntaxHighlighting(highlighting)];
