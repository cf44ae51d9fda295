"""The rules about a text: each module is a family, and none asks another but for what headings share."""
