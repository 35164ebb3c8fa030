"""Brings in what a seller would otherwise download or drop: from Amazon's Selling Partner API, and a watched folder.

Everything goes through the same importers as files that a person drops on `aftercare import`.
"""
