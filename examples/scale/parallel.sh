#!/bin/sh
# parallel.sh IN OUT: every picture under IN, by GNU parallel: 64 files for each process, a process
# for each core, a line of JSON for each file. Run it again to take up where it ended; add
# --sshloginfile to spread it over machines that share the folders.
set -eu
in=$1
out=$2
find "$in" -type f \( -iname '*.png' -o -iname '*.jpg' -o -iname '*.jpeg' -o -iname '*.webp' -o -iname '*.svg' \) -print0 |
  RAYON_NUM_THREADS=1 parallel --null --max-args 64 --keep-order --line-buffer logopress batch -o "$out" --formats svg,pdf
