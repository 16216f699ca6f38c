"""Audits every DXF file of a folder with ezdxf: no errors, nothing to fix, closed polylines only."""
import pathlib
import sys

import ezdxf

for path in sorted(pathlib.Path(sys.argv[1]).glob("*.dxf")):
    drawing = ezdxf.readfile(path)
    audit = drawing.audit()
    assert not audit.errors and not audit.fixes, (path, audit.errors, audit.fixes)
    assert drawing.dxfversion == "AC1009", drawing.dxfversion
    layers = {layer.dxf.name for layer in drawing.layers}
    for entity in drawing.modelspace():
        assert entity.dxftype() == "POLYLINE" and entity.is_closed, (path, entity)
        assert entity.dxf.layer in layers, (path, entity.dxf.layer)
    assert "CutContour" in layers, path
    print(path.name, len(drawing.modelspace()))
