/** Known apart from the picture, which is loaded later: its place is kept for it. */
export const CHART_HEIGHT = 240;
/** Where the bars are within the picture; the buttons over them stand in the same place. */
export const PLACE = { left: 56, right: 12, top: 8, bottom: 30 };
