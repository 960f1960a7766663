"""Seconds of processor time that pycocotools takes for truth.json and found.json of a directory, without reading them, and its AP."""
import json
import pathlib
import sys
import time

from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

directory = pathlib.Path(sys.argv[1])
truth = COCO(directory / 'truth.json')
found = json.loads((directory / 'found.json').read_text())
start = time.process_time()
run = COCOeval(truth, truth.loadRes(found), 'bbox')
run.evaluate()
run.accumulate()
run.summarize()
print(json.dumps({'seconds': time.process_time() - start, 'AP': run.stats[0]}))
