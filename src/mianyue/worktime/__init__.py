"""Thinking about working time: shifts, day kinds, punches and leave. Pure: values in, values out, every shift instance an instant."""
