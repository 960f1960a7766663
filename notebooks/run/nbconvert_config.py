"""Configuration of nbconvert: executes every cell, says so line by line, and stops at the first that fails.

Each line on standard output is a JSON object: {"cell", "cells", "seconds"} for a cell that has run, {"cell", "cells",
"source", "error"} for one that failed. A cell fails when the kernel says so: an exception, a type error, or a rejection
that nobody handles.
"""
import json
import time

from nbconvert.preprocessors import ExecutePreprocessor
from nbformat.v4 import new_code_cell

# A rejection may come from a timer that a last cell has left behind.
SETTLE = "await new Promise((resolve) => setTimeout(resolve, 500));"


class CellFailed(Exception):
    pass


class Execute(ExecutePreprocessor):
    def preprocess(self, nb, resources=None, km=None):
        code = [cell for cell in nb.cells if cell.cell_type == "code"]
        self.numbers = {id(cell): number for number, cell in enumerate(code, 1)}
        self.settle = new_code_cell(SETTLE)
        nb.cells.append(self.settle)
        nb, resources = super().preprocess(nb, resources, km)
        nb.cells.pop()
        return nb, resources

    def preprocess_cell(self, cell, resources, index):
        if cell.cell_type != "code":
            return cell, resources
        where = {"cell": self.numbers.get(id(cell), len(self.numbers)), "cells": len(self.numbers)}
        start = time.time()
        try:
            cell, resources = super().preprocess_cell(cell, resources, index)
        except Exception as error:
            written = "".join(o.text for o in cell.outputs if o.output_type == "stream" and o.name == "stderr")
            late = "(after the last cell) " if cell is self.settle else ""
            say(**where, source=cell.source, error=late + (written.strip() or str(error)))
            raise CellFailed(f"cell {where['cell']} failed") from None
        if cell is not self.settle:
            say(**where, seconds=time.time() - start)
        return cell, resources


def say(**line):
    print(json.dumps(line), flush=True)


c = get_config()  # noqa: F821
c.Exporter.preprocessors = [Execute]
c.Execute.enabled = True
c.Execute.kernel_name = "tslab"
c.Execute.timeout = 180
# Of a cell that has run, what it writes may come later; by default it is lost after four seconds, without a word.
c.Execute.iopub_timeout = 180
c.Execute.raise_on_iopub_timeout = True
c.Execute.record_timing = False
c.NbConvertApp.log_level = "ERROR"
