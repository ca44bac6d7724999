// What is laid over a page: guides, lines and boxes, as SVG in millimetres.

import { draw } from "./elements.js";
import { say } from "./words.js";

export const OVERLAYS = { margins: "m", grid: "g", trim: "t", heat: "h", order: "o", contrast: "x" };

const rect = ([x, y, width, height], attributes) => draw("rect", { x, y, width, height, ...attributes });

function margins({ guides }) {
  return [
    rect(guides.area, { class: "margin" }),
    ...guides.columns.map(([x, width]) => rect([x, guides.area[1], width, guides.area[3]], { class: "column" })),
  ];
}

function grid({ guides }) {
  const [x, , width] = guides.area;
  return guides.baselines.map((y) => draw("line", { x1: x, x2: x + width, y1: y, y2: y, class: "baseline" }));
}

function trim({ guides }, sheet) {
  const { width, height, bleed } = sheet;
  const safe = guides.safe;
  return [
    rect([-bleed, -bleed, width + 2 * bleed, height + 2 * bleed], { class: "bleed" }),
    rect([0, 0, width, height], { class: "trim" }),
    rect([safe, safe, width - 2 * safe, height - 2 * safe], { class: "safe" }),
  ];
}

const HEAT = [[0.25, 4], [0.15, 3], [0.08, 2], [0.03, 1], [-Infinity, 0]];

function heat({ lines }, sheet) {
  return lines.filter((line) => line.filled).map((line) => {
    const level = HEAT.find(([least]) => line.stretch > least)[1];
    const box = [line.x, line.y - sheet.body * 0.9, line.width, sheet.body * 1.15];
    return rect(box, { class: `heat heat${level}` });
  });
}

const PICTURES = ["img", "svg"];

// A picture is no text box of its own where the block around it is shown.
function order({ blocks: all }) {
  const blocks = all.filter((block, index) => !(PICTURES.includes(block.element) && all[index - 1]?.origin === block.origin));
  const met = blocks.flatMap((block, index) => {
    const [x, y] = block.box;
    return [
      rect(block.box, { class: "order" }),
      draw("circle", { cx: x, cy: y, r: 2.4, class: "order-mark" }),
      draw("text", { x, y: y + 0.95, class: "order-number" }, `${index + 1}`),
    ];
  });
  const points = blocks.map(({ box }) => `${box[0]},${box[1]}`).join(" ");
  return [draw("polyline", { points, class: "order-path" }), ...met];
}

function contrast(_told, _sheet, faint) {
  return (faint ?? []).flatMap((text) => [
    rect([text.left, text.top, text.width, text.height], { class: "faint" }),
    draw("text", { x: text.left + text.width + 1, y: text.top + text.height, class: "faint-ratio" }, text.ratio.toFixed(2)),
    draw("title", {}, say("worst", { r: text.ratio.toFixed(2) })),
  ]);
}

const DRAWN = { margins, grid, trim, heat, order, contrast };

export function overlay(svg, names, told, sheet, faint) {
  const groups = told && sheet
    ? Object.keys(OVERLAYS).filter((name) => names.has(name)).map((name) =>
      draw("g", { "data-overlay": name }, ...DRAWN[name](told, sheet, faint)))
    : [];
  svg.replaceChildren(...groups);
}
