/** The kind of data a dragged tile carries: the picture's `job/index`. */
export const PICTURE = "application/x-egaku-picture";
