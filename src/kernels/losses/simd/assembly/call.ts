// State shared by all rows of a call; the module runs one call at a time.
export let kind: i32 = 0;
/** If `soft`, k_j as float64. Otherwise each class's logit cap: CAP if it counts, −∞ if not. */
export let kept: usize = 0;
export let soft: bool = false;
/** Whether a last column of the labels is background. */
export let withBackground: bool = false;
export let classes: i32 = 0;
/** Factor of the gradient. */
export let scale: f32 = 1;
/** Buffer for intermediate values of a row. */
export let scratch: usize = 0;
/**
 * Whether β is drawn: then k_j applies to the elements whose draw, by their place in the batch, is below `threshold`.
 */
export let draws: bool = false;
export let key0: u32 = 0;
export let key1: u32 = 0;
export let threshold: u32 = 0;

export function begin(
  kind_: i32,
  kept_: usize,
  soft_: bool,
  withBackground_: bool,
  classes_: i32,
  scale_: f32,
  scratch_: usize,
  draws_: bool,
  key0_: u32,
  key1_: u32,
  threshold_: u32,
): void {
  kind = kind_;
  kept = kept_;
  soft = soft_;
  withBackground = withBackground_;
  classes = classes_;
  scale = scale_;
  scratch = scratch_;
  draws = draws_;
  key0 = key0_;
  key1 = key1_;
  threshold = threshold_;
}

/** Multiplies the gradient by another factor from here on. */
export function rescale(scale_: f32): void {
  scale = scale_;
}
