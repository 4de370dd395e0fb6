"""Figures of finished calls, summed up; what customers answered; reports that are delivered."""
