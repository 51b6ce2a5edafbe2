"""The palette (Ctrl+K): every action, section and piece by a few letters of its name.

entries (records) ─▶ matching (pure: which, in what order) ─▶ panel (layout)  ◀─ controller ─▶ an action, a Destination
"""
