import {type ClassFrequency, frequencyGroups, type GroupBounds, IMAGENET_LT_GROUPS} from '../frequency';

/** Groups in the commands' output: few < 20, medium ≤ 100 and many images. */
export const BOUNDS: GroupBounds = IMAGENET_LT_GROUPS;

/** A nonempty group. */
export interface Group {
  name: string;
  classes: number[];
  images: number;
}

/** The nonempty groups, rarest first. */
export function groupsOf(freqInfo: ClassFrequency): Group[] {
  const {names, classes} = frequencyGroups(freqInfo, BOUNDS);
  return names
    .map((name) => ({
      name,
      classes: classes[name],
      images: classes[name].reduce((sum, j) => sum + freqInfo.imageCounts[j], 0),
    }))
    .filter((group) => group.classes.length > 0);
}
