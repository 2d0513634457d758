"""Tables of the knowledge store. Texts are kept as checked items; figures that go stale have columns of their own."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, Boolean, Column, Date, DateTime, Float, Integer, String
from sqlalchemy.orm import declarative_base

Base: Any = declarative_base()


class KnowledgeVersion(Base):
    """The one row that says which content is in force."""

    __tablename__ = "knowledge_version"
    id = Column(Integer, primary_key=True)
    version = Column(String(12), nullable=False)
    loaded_at = Column(DateTime(timezone=True), nullable=False)


class KnowledgeItem(Base):
    __tablename__ = "knowledge_item"
    kind = Column(String(20), primary_key=True)
    id = Column(String(80), primary_key=True)
    position = Column(Integer, nullable=False)
    body = Column(JSON, nullable=False)
    checked_on = Column(Date)


class CertificationFigure(Base):
    """A number an answer may state: a fee, a length, a score, a period, months of experience. One row a number."""

    __tablename__ = "certification_figure"
    id = Column(Integer, primary_key=True)
    certification = Column(String(80), nullable=False, index=True)
    path = Column(String(200), nullable=False)
    """Where it stands in the item, as ``fees.0.amount``."""
    value = Column(Float, nullable=False)
    currency = Column(String(3))
    approximate = Column(Boolean, nullable=False, default=False)
    source = Column(String(80), nullable=False)
    checked_on = Column(Date, nullable=False)
    expires_on = Column(Date, nullable=False, index=True)
