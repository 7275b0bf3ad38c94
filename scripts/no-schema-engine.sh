#!/bin/sh
# Stands in for Prisma's native schema engine, which this project does without (see generate.mjs).
echo 'The native schema engine of Prisma is not used here. See docs/decisions/.' >&2
exit 1
