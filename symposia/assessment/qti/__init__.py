"""Questions as other programs exchange them: packages of QTI 3.0 (1EdTech)."""
