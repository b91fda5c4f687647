"""A decision as one page that opens anywhere: verdict, stack plan, mix at every scale, findings, bonus, land price."""
